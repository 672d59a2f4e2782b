import { showCertificatePanel } from "./certificate-panel.ts";
import { showMetadataPanel } from "./metadata-panel.ts";
import { showServiceProviderPanel } from "./service-provider-panel.ts";
import { showTabs } from "./tabs.ts";

function section(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}.`);
  return element;
}

const select = showTabs(section("tabs"), [
  { id: "certificate", title: "Certificate" },
  { id: "service-provider", title: "Write metadata" },
  { id: "metadata", title: "Read metadata" },
]);
const metadata = showMetadataPanel(section("metadata"));
showServiceProviderPanel(section("service-provider"));
showCertificatePanel(section("certificate"), (text) => {
  select("metadata");
  metadata.fill(text);
});

// A file that misses its field would be opened by the browser, in place of the page.
for (const type of ["dragover", "drop"]) {
  addEventListener(type, (event) => {
    if ((event as DragEvent).dataTransfer?.types.includes("Files")) event.preventDefault();
  });
}
