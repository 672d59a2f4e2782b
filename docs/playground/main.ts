import { showCertificatePanel } from "./certificate/panel.ts";
import { showComparePanel } from "./compare/panel.ts";
import { showKeyPanel } from "./key/panel.ts";
import { showMetadataPanel } from "./metadata/panel.ts";
import { stateIn } from "./parts/state.ts";
import { showTabs } from "./parts/tabs.ts";
import { showResponsePanel } from "./response/panel.ts";
import { showServiceProviderPanel } from "./write/panel.ts";

function section(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}.`);
  return element;
}

const select = showTabs(section("tabs"), [
  { id: "certificate", title: "Certificate" },
  { id: "service-provider", title: "Write metadata" },
  { id: "metadata", title: "Read metadata" },
  { id: "compare", title: "Compare" },
  { id: "response", title: "Explain a Response" },
  { id: "key", title: "Make a key" },
]);
showKeyPanel(section("key"));
const serviceProvider = showServiceProviderPanel(section("service-provider"));
showResponsePanel(section("response"));
const certificate = showCertificatePanel(section("certificate"), (text) => {
  select("metadata");
  metadata.restore([text]);
});
const metadata = showMetadataPanel(section("metadata"), (pem) => {
  select("certificate");
  certificate.restore([pem]);
});

const compare = showComparePanel(section("compare"));

/** The panels that a link can fill. */
const panels = { certificate, "service-provider": serviceProvider, metadata, compare };

async function restore(): Promise<void> {
  for (const [tab, panel] of Object.entries(panels)) {
    const texts = await stateIn(location.hash, tab);
    if (texts !== undefined) panel.restore(texts);
  }
}
void restore();
addEventListener("hashchange", () => void restore());

// Otherwise the browser opens a file that is dropped next to a field.
for (const type of ["dragover", "drop"]) {
  addEventListener(type, (event) => {
    if ((event as DragEvent).dataTransfer?.types.includes("Files")) event.preventDefault();
  });
}
