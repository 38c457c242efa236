import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import "./style.css";

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={new QueryClient()}>
      <h1>Delete models</h1>
      <Suspense fallback={<p role="status">Loading…</p>}>
        <App />
      </Suspense>
    </QueryClientProvider>
  </StrictMode>,
);
