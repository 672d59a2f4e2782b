import type { CertificateRules } from "./subject.ts";

export const structureRules: CertificateRules<`${"version" | "uid" | "ext"}.${string}`> = {
  "version.v1": {
    check({ certificate: { version, extensions } }) {
      return version === 1 && extensions.length === 0;
    },
  },
  "version.unknown": {
    check({ certificate: { version } }) {
      return version !== 1 && version !== 3 && { values: { version } };
    },
  },
  "version.extensions_without_v3": {
    check({ certificate: { version, extensions }, reading: { uniqueIds } }) {
      const isEarly = extensions.length > 0 ? version < 3 : uniqueIds && version < 2;
      return isEarly && { values: { version } };
    },
  },
  "uid.present": {
    check({ reading }) {
      return reading.uniqueIds;
    },
  },
  "ext.duplicate": {
    check({ certificate: { extensions } }) {
      const seen = new Set<string>();
      const twice = extensions.find(({ oid }) => seen.size === seen.add(oid).size);
      return (
        twice !== undefined && {
          values: { name: twice.name },
          path: "tbsCertificate.extensions",
        }
      );
    },
  },
  "ext.unknown_critical": {
    check({ certificate: { extensions } }) {
      const unknown = extensions.find(({ critical, name, oid }) => critical && name === oid);
      return unknown !== undefined && { values: { oid: unknown.oid } };
    },
  },
};
