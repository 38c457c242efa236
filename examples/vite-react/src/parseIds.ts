/** Reads pasted ids: one a line, or a JSON list. Whatever a list holds is passed on as it is: the contract says what is wrong with it. */
export function parseIds(text: string): string[] {
  if (!text.trimStart().startsWith("[")) return text.split(/\s+/).filter((id) => id !== "");
  try {
    return JSON.parse(text);
  } catch {
    return [text];
  }
}
