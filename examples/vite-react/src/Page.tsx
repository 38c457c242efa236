import { Component, type ReactNode, StrictMode, Suspense } from "react";

/** What every page has around it: a word while the contract is loaded, and what is wrong where it cannot be. */
export class Page extends Component<{ title: string; children: ReactNode }, { error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { title, children } = this.props;
    const { error } = this.state;
    return (
      <StrictMode>
        <h1>{title}</h1>
        {error ? <p role="alert">{error.message}</p> : <Suspense fallback={<p role="status">Loading…</p>}>{children}</Suspense>}
      </StrictMode>
    );
  }
}
