/** What there is to delete: data of its own, for pages too. */

/** Everybody sees the first two; the last is shown to dan alone, and ada is told that she may not. */
export const APPLICATIONS = {
  eac65c10c5c34df1824af96ec93a9eea: { name: "Application name 1" },
  "1c4d7e90b2a54f6f8d3e5c1b0a9f8e7d": { name: "shop-frontend" },
  "3ba2ad194ff141e39b1d3d0749242858": { name: "Application name 2", only: "dan-token" },
};
