#!/bin/sh
# Checks (--check) or rewrites (--replace) the Java sources of one module with google-java-format.
# Usage: build/format.sh --check|--replace MODULE_DIR FORMATTER_JAR
set -eu
action=$1 module=$2 jar=$3
[ -d "$module/src" ] || exit 0
java=java
[ -n "${JAVA_HOME:-}" ] && java=$JAVA_HOME/bin/java
exports=
for package in api code file parser tree util; do
  exports="$exports --add-exports=jdk.compiler/com.sun.tools.javac.$package=ALL-UNNAMED"
done
list=$(mktemp)
trap 'rm -f "$list"' EXIT
find "$module/src" -name '*.java' ! -name 'module-info.java' >"$list"
[ -s "$list" ] || exit 0
case $action in
  --replace) flags=--replace ;;
  --check) flags="--dry-run --set-exit-if-changed" ;;
  *) echo "format.sh: unknown action '$action'; use --check or --replace" >&2; exit 2 ;;
esac
# shellcheck disable=SC2086
if ! unformatted=$("$java" $exports -jar "$jar" $flags "@$list"); then
  echo "$unformatted" >&2
  echo "These files are not formatted; run: mvn -q process-sources -Dformat.action=--replace" >&2
  exit 1
fi
