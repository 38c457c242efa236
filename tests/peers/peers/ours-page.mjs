/** The package's mock in a page. */

export async function prepare() {
  const { createMock } = await import("/package/src/mock/index.js");
  const { default: contract } = await import("/package/dist/mock/contracts/codearts-applications.js");
  const mock = await createMock({ contracts: [contract] });
  return (url, init) => mock.fetch(url, init);
}
