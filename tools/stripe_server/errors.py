"""Stripe's errors: one exception that carries the answer's status and its `error` object."""

from typing import Any

Json = dict[str, Any]


class StripeError(Exception):
    """What the API answers instead of an object.

    `saved` says whether an idempotency key remembers it: Stripe keeps the answers of work that
    began, and forgets requests that it refused before beginning (bad parameters, no key).
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        saved: bool = True,
        **more: object,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.saved = saved
        error: Json = {"type": kind, "message": message, "code": code, "param": param, **more}
        if code:
            error["doc_url"] = f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"
        self.error = {name: value for name, value in error.items() if value is not None}

    def body(self) -> Json:
        return {"error": self.error}


def bad_parameter(message: str, *, param: str, code: str | None = None) -> StripeError:
    return StripeError(message, code=code, param=param, saved=False)


def missing_object(kind: str, object_id: str, *, param: str, status: int = 404) -> StripeError:
    message = f"No such {kind}: '{object_id}'"
    return StripeError(message, status=status, code="resource_missing", param=param)
