#!/usr/bin/env bash
# Checks $FILES, one file, pattern or URL per line, and prints the report in the format $1.
set -euo pipefail
inputs=()
while IFS= read -r line || [ -n "$line" ]; do
  line="${line#"${line%%[![:space:]]*}"}"
  line="${line%"${line##*[![:space:]]}"}"
  if [ -n "$line" ]; then inputs+=("$line"); fi
done <<<"$FILES"
if [ "${#inputs[@]}" = 0 ]; then
  echo "::error title=samlcert::The input files is empty. Name a file, a pattern or a URL."
  exit 2
fi
options=(--policy "$POLICY" --fail-on "$FAIL_ON" --format "$1")
if [ "${ALLOW_PRIVATE:-}" = true ]; then options+=(--allow-private-addresses); fi
exec npx --yes samlcert@0.1.0 check "${options[@]}" -- "${inputs[@]}"
