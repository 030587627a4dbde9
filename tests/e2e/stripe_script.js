// What the shop uses of Stripe.js, over the same wires: a frame of js.stripe.com holds the card, and
// api.stripe.com is asked to pay. The tests serve it in Stripe's place, which no test may reach.
(() => {
  const SCRIPT = 'https://js.stripe.com';
  const API = 'https://api.stripe.com';

  function element() {
    const frame = document.createElement('iframe');
    const handlers = {};
    frame.src = `${SCRIPT}/endive/card.html`;
    frame.title = 'Secure payment input frame';
    frame.style.cssText = 'border:0;width:100%;height:5rem';
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    void loaded.then(() => handlers.ready?.());
    return {
      mount: (place) => place.append(frame),
      on: (event, handler) => void (handlers[event] = handler),
      off: (event) => void delete handlers[event],
      update: () => undefined,
      unmount: () => frame.remove(),
      destroy: () => frame.remove(),
      number: async () => {
        await loaded;
        const { port1, port2 } = new MessageChannel();
        frame.contentWindow.postMessage('number', SCRIPT, [port2]);
        return new Promise((resolve) => {
          port1.onmessage = ({ data }) => resolve(data);
        });
      },
    };
  }

  function elements() {
    let made = null;
    return {
      create: () => (made = element()),
      getElement: () => made,
      update: () => undefined,
      submit: async () =>
        (await made.number())
          ? {}
          : { error: { type: 'validation_error', message: 'Your card number is incomplete.' } },
      number: () => made.number(),
    };
  }

  async function confirmPayment({ elements: form, clientSecret, confirmParams }) {
    const back = confirmParams.return_url;
    const body = new URLSearchParams({
      return_url: back,
      'payment_method_data[type]': 'card',
      'payment_method_data[card][number]': await form.number(),
    });
    const [intent] = clientSecret.split('_secret_');
    const address = `${API}/v1/payment_intents/${intent}/confirm`;
    const answer = await fetch(address, { method: 'POST', body });
    const told = await answer.json();
    if (told.error) return { error: told.error };
    const bank = told.next_action?.redirect_to_url.url;
    location.assign(bank ?? `${back}&payment_intent=${intent}&redirect_status=${told.status}`);
    return new Promise(() => undefined); // Stripe's does not return either: the page is left
  }

  const notUsed = () => {
    throw new Error('The shop does not use this');
  };

  window.Stripe = Object.assign(
    () => ({
      elements,
      confirmPayment,
      confirmCardPayment: notUsed,
      createPaymentMethod: notUsed,
      createToken: notUsed,
    }),
    { version: 'endive' },
  );
})();
