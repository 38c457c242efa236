import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { Page } from "./Page.tsx";
import "./style.css";

createRoot(document.getElementById("root")!).render(
  <QueryClientProvider client={new QueryClient()}>
    <Page title="Delete models">
      <App />
    </Page>
  </QueryClientProvider>,
);
