import { Component, type ReactNode } from 'react';
import { ServerError } from './ServerError';

/** Shows the page for failures instead of nothing when a component throws. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <ServerError /> : this.props.children;
  }
}
