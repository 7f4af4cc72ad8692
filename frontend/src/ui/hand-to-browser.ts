/** How long the browser is given to take a saved file before its address is released. In milliseconds. */
export const RELEASE_AFTER = 60_000;

/** Clicks a link that names the file; the browser does the rest. The address takes room until what is answered is called. */
export function handToBrowser(file: { bytes: Blob; name: string }): () => void {
  const url = URL.createObjectURL(file.bytes);
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  link.dataset["turbo"] = "false";
  document.body.append(link);
  link.click();
  link.remove();
  return () => {
    URL.revokeObjectURL(url);
  };
}
