import { Controller } from "@hotwired/stimulus";

/** Puts the text of a chosen file into a field of the form. Without a script the field is filled by hand. */
export class TextFileController extends Controller<HTMLElement> {
  static override targets = ["row", "file", "text"];
  declare readonly rowTarget: HTMLElement;
  declare readonly fileTarget: HTMLInputElement;
  declare readonly textTarget: HTMLTextAreaElement;

  override connect(): void {
    this.rowTarget.hidden = false;
  }

  async take(): Promise<void> {
    const file = this.fileTarget.files?.[0];
    if (file !== undefined) this.textTarget.value = await file.text();
  }
}
