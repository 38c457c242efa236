/** Models of the mock's world. */

export const CLOSED = { id: "1C9D2E7F40A14B5C8D6E3F2A1B0C9D8E", name: "Budget 2023" };
export const OPEN = { id: "BC24B51B39CF4701ACF7CBFD2ED93C36", name: "Budget 2027" };
