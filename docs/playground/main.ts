import { showCertificatePanel } from "./certificate-panel.ts";
import { showMetadataPanel } from "./metadata-panel.ts";
import { showServiceProviderPanel } from "./service-provider-panel.ts";
import { showTabs } from "./tabs.ts";

function section(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}.`);
  return element;
}

showCertificatePanel(section("certificate"));
showServiceProviderPanel(section("service-provider"));
showMetadataPanel(section("metadata"));

const list = document.querySelector<HTMLElement>("[role=tablist]");
if (list !== null) {
  showTabs(list, [
    { id: "certificate", title: "Certificate" },
    { id: "service-provider", title: "Write metadata" },
    { id: "metadata", title: "Read metadata" },
  ]);
}
