#!/bin/sh
# Checks (--check) or rewrites (--replace) the Java sources with google-java-format; files that have not changed since the
# last time all was well are passed over. The build runs the check; to rewrite:
#   mvn -q -N validate -Dformat.action=--replace
# Usage: build/format.sh --check|--replace DIRECTORY FORMATTER_JAR
set -eu
action=$1 directory=$2 jar=$3
case $action in
  --replace) flags=--replace ;;
  --check) flags="--dry-run --set-exit-if-changed" ;;
  *) echo "format.sh: unknown action '$action'; use --check or --replace" >&2; exit 2 ;;
esac
java=java
[ -n "${JAVA_HOME:-}" ] && java=$JAVA_HOME/bin/java
options=-XX:TieredStopAtLevel=1 # it runs too briefly for the optimising compiler to pay
for package in api code file parser tree util; do
  options="$options --add-exports=jdk.compiler/com.sun.tools.javac.$package=ALL-UNNAMED"
done
stamp=${jar%/*}/formatted
newer=
[ -f "$stamp" ] && newer="-newer $stamp"
list=$(mktemp)
trap 'rm -f "$list"' EXIT
# shellcheck disable=SC2086
find "$directory"/*/src -name '*.java' $newer >"$list"
now=$(mktemp)
if [ -s "$list" ]; then
  # The formatter needs a second run to settle some comments.
  # shellcheck disable=SC2086
  [ "$action" = --check ] || "$java" $options -jar "$jar" $flags "@$list"
  # shellcheck disable=SC2086
  if ! unformatted=$("$java" $options -jar "$jar" $flags "@$list"); then
    echo "$unformatted" >&2
    echo "These files are not formatted; run: mvn -q -N validate -Dformat.action=--replace" >&2
    rm -f "$now"
    exit 1
  fi
fi
# A file written while the formatter ran is newer than this and will be looked at again.
[ "$action" = --replace ] && touch "$now"
mv "$now" "$stamp"
