import "../styles/app.css";
import { Application } from "@hotwired/stimulus";
import "@hotwired/turbo";
import { Hub } from "../api/hub";
import { sendFileWith } from "../api/upload";
import { sendFileAsWith } from "../api/upload-as";
import { grantsController, peerDeliveryController } from "../controllers/access";
import { advisorChartController } from "../controllers/advisor-chart";
import { comparisonController } from "../controllers/comparison";
import { downloadController } from "../controllers/download";
import { FolderUploads } from "../controllers/folder-uploads";
import { givingController } from "../controllers/giving";
import { holdersController } from "../controllers/holders";
import { keptCopiesController } from "../controllers/kept-copies";
import { limitsController } from "../controllers/limits";
import { liveFormController } from "../controllers/live-form";
import { Membership } from "../controllers/membership";
import { moreController } from "../controllers/more";
import { peerController } from "../controllers/peer";
import { placeController } from "../controllers/place";
import { rowActionsController } from "../controllers/row-actions";
import { chooser, Saver } from "../controllers/saver";
import { CopyController, MenuController, meshStatusController, RelativeTimeController } from "../controllers/shell";
import { TextFileController } from "../controllers/text-file";
import { simulatorController } from "../controllers/simulator";
import { themeController } from "../controllers/theme";
import { uploadController } from "../controllers/upload";
import { UploadQueue } from "../controllers/upload-queue";
import { createMesh } from "../mesh/browser/create-mesh";
import { drawChart } from "../ui/charts";
import { handToBrowser, RELEASE_AFTER } from "../ui/hand-to-browser";
import { browserMemory, fetchPage, hubPorts, meta, themeChoice } from "./browser";
import { refresh, registerWhenShown, showAgain } from "./pages";

/* The one place where real ports meet the rest. It runs once a window: Turbo keeps it alive from page to page. */

const memory = browserMemory();
const ports = hubPorts();
const hub = new Hub(ports);
const account = meta("account");
const mesh = createMesh({ origin: location.origin, account: account ?? "", memory });
const membership = new Membership(mesh, memory, account ?? "");
const later = (milliseconds: number, action: () => void): (() => void) => {
  const timer = setTimeout(action, milliseconds);
  return () => {
    clearTimeout(timer);
  };
};
const saver = new Saver({ mesh, choose: chooser(), hand: handToBrowser, later });
const uploads = new UploadQueue({
  named: (folder, name) => hub.named(folder, name),
  send: sendFileWith({ ...ports, account: account ?? "", resource: (id) => hub.resource(id) }),
  sendAs: sendFileAsWith(ports),
  now: () => performance.now(),
  arrived: (resource, file) => {
    if (mesh.view().status === "off") return;
    // The file is safe in the hub; that this browser could not keep a copy to serve is shown on "My peer".
    mesh.adopt({ resource: resource.id, name: resource.name }, file).catch(() => undefined);
  },
});

const folderUploads = new FolderUploads(uploads, (folder, paths) => hub.makeFolders(folder, paths));

const application = Application.start();
application.register("mesh-status", meshStatusController(mesh));
application.register("menu", MenuController);
application.register("theme", themeController(themeChoice(memory)));
application.register("relative-time", RelativeTimeController);
application.register("copy", CopyController);
application.register("text-file", TextFileController);
application.register("row-actions", rowActionsController(hub, showAgain));
application.register("place", placeController(hub, showAgain));
application.register("more", moreController(fetchPage));
application.register(
  "upload",
  uploadController(uploads, folderUploads, refresh, () => hub.unfinishedUploads()),
);
application.register("holders", holdersController(hub, mesh, later));
application.register("download", downloadController(mesh, membership, saver));
application.register("grants", grantsController(hub));
application.register("peer-delivery", peerDeliveryController(hub, showAgain));
application.register("live-form", liveFormController(later));
application.register("limits", limitsController(mesh));
application.register("giving", givingController(mesh));
application.register("kept-copies", keptCopiesController(hub));
const startSimulator = (): Worker => new Worker(new URL("./simulator-worker.ts", import.meta.url), { type: "module" });
application.register("comparison", comparisonController({ hub, later, refresh, draw: drawChart, startSimulator }));
application.register("peer", peerController(mesh, membership));
registerWhenShown(application, "dashboard", async () => (await import("./dashboard")).dashboard(hub, later));

application.register("advisor-chart", advisorChartController(drawChart));
application.register(
  "simulator",
  simulatorController({
    startWorker: startSimulator,
    now: () => performance.now(),
    isStill: () => matchMedia("(prefers-reduced-motion: reduce)").matches,
    beforePicture: (action) => requestAnimationFrame(action),
    save: (name, text) => {
      later(RELEASE_AFTER, handToBrowser({ name, bytes: new Blob([text], { type: "application/json" }) }));
    },
  }),
);

addEventListener("beforeunload", (event) => {
  if (uploads.busy()) event.preventDefault();
});

if (account !== null && membership.remembered()) {
  // Why it could not be joined again is shown by the status and on "My peer".
  membership.join().catch(() => undefined);
}
