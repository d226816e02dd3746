#!/bin/sh
# Checks (--check) or rewrites (--replace) all Java sources with google-java-format. The build runs the check; to rewrite:
#   mvn -q -N validate -Dformat.action=--replace
# Usage: build/format.sh --check|--replace DIRECTORY FORMATTER_JAR
set -eu
action=$1 directory=$2 jar=$3
java=java
[ -n "${JAVA_HOME:-}" ] && java=$JAVA_HOME/bin/java
exports=
for package in api code file parser tree util; do
  exports="$exports --add-exports=jdk.compiler/com.sun.tools.javac.$package=ALL-UNNAMED"
done
list=$(mktemp)
trap 'rm -f "$list"' EXIT
find "$directory"/*/src -name '*.java' >"$list"
case $action in
  --replace) flags=--replace ;;
  --check) flags="--dry-run --set-exit-if-changed" ;;
  *) echo "format.sh: unknown action '$action'; use --check or --replace" >&2; exit 2 ;;
esac
# The formatter needs a second run to settle some comments.
[ "$action" = --check ] || "$java" $exports -jar "$jar" $flags "@$list"
# shellcheck disable=SC2086
if ! unformatted=$("$java" $exports -jar "$jar" $flags "@$list"); then
  echo "$unformatted" >&2
  echo "These files are not formatted; run: mvn -q -N validate -Dformat.action=--replace" >&2
  exit 1
fi
