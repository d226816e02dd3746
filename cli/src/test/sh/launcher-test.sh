#!/bin/sh
# Tests the launcher with pretended Java installations, a pretended Maven and a copy of the script in a
# directory of its own. Usage: launcher-test.sh PATH_OF_TAMIS
set -eu
launcher=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
  echo "launcher-test: $1" >&2
  failures=$((failures + 1))
}

# expect NAME EXPECTED ACTUAL
expect() {
  [ "$2" = "$3" ] || fail "$1: expected '$2', but was '$3'"
}

# expect_contains NAME PART TEXT
expect_contains() {
  case $3 in
    *"$2"*) ;;
    *) fail "$1: expected '$2' in '$3'" ;;
  esac
}

# jdk DIRECTORY VERSION [jre]: a Java that prints how it was started
jdk() {
  mkdir -p "$1/bin"
  printf 'IMPLEMENTOR="Test"\nJAVA_VERSION="%s"\nMODULES="java.base jdk.incubator.vector"\n' "$2" >"$1/release"
  cat >"$1/bin/java" <<'JAVA'
#!/bin/sh
echo "started $0"
for argument in "$@"; do echo "argument <$argument>"; done
exit 7
JAVA
  chmod +x "$1/bin/java"
  if [ "${3:-}" != jre ]; then
    cp "$1/bin/java" "$1/bin/javac"
  fi
}

# A home, a PATH without Java, and a root that hold nothing but what a test puts there.
root=$work/root
mkdir -p "$root" "$work/home" "$work/tools" "$work/project/cli/src/main" "$work/project/core/src/main" \
  "$work/project/kernels/src/main" "$work/project/lab/src/main"
for tool in sh dirname readlink cat find head mkdir mv rm uname sleep stty printf chmod cp touch; do
  found=$(command -v "$tool") || continue
  case $found in /*) ln -s "$found" "$work/tools/$tool" ;; esac
done
cp "$launcher" "$work/project/tamis"
for module in . kernels core lab cli; do
  echo "<project/>" >"$work/project/$module/pom.xml"
done

run() {
  env -i PATH="$work/tools" HOME="$work/home" TAMIS_JAVA_ROOT="$root" LANG=C.UTF-8 "$@"
}

status=0
message=$(run "$work/project/tamis" methods 2>&1) || status=$?
expect "no Java: exit code" 69 "$status"
expect "no Java: message" \
  "tamis: needs Java from 17 up, but found none; install a JDK (17 or later), or set JAVA_HOME to one" "$message"

jdk "$root/usr/lib/jvm/java-11" 11.0.22
status=0
message=$(run "$work/project/tamis" 2>&1) || status=$?
expect "Java 11 only: exit code" 69 "$status"
expect_contains "Java 11 only: message" "found only Java 11 in $root/usr/lib/jvm/java-11" "$message"

jdk "$root/usr/lib/jvm/java-17" 17.0.9
which() { run "$@" "$work/project/tamis" --which-java; }
expect "one Java" "$root/usr/lib/jvm/java-17" "$(which)"
jdk "$root/usr/lib/jvm/java-17-newer" 17.0.10
expect "17.0.10 is newer than 17.0.9" "$root/usr/lib/jvm/java-17-newer" "$(which)"
jdk "$root/opt/graal with space" 21
expect "a version of one number, a path with a space" "$root/opt/graal with space" "$(which)"
jdk "$root/Library/Java/JavaVirtualMachines/temurin-22.jdk/Contents/Home" 22.0.1
expect "macOS" "$root/Library/Java/JavaVirtualMachines/temurin-22.jdk/Contents/Home" "$(which)"
jdk "$work/home/.sdkman/candidates/java/23.0.1-tem" 23.0.1
expect "SDKMAN" "$work/home/.sdkman/candidates/java/23.0.1-tem" "$(which)"
jdk "$work/home/.jdks/openjdk-24" 24-ea
expect "IntelliJ, early access" "$work/home/.jdks/openjdk-24" "$(which)"
jdk "$work/elsewhere/jdk" 25.0.1
expect "JAVA_HOME" "$work/elsewhere/jdk" "$(which JAVA_HOME="$work/elsewhere/jdk")"
jdk "$work/elsewhere/old" 8
expect "an old JAVA_HOME is passed over" "$work/home/.jdks/openjdk-24" "$(which JAVA_HOME="$work/elsewhere/old")"
mkdir -p "$work/bin" && ln -s "$work/elsewhere/jdk/bin/java" "$work/bin/first" && ln -s first "$work/bin/java"
expect "java on the PATH, through two links" "$work/elsewhere/jdk" "$(which PATH="$work/bin:$work/tools")"
expect "TAMIS_JAVA_HOME is not searched past" "$root/usr/lib/jvm/java-17" \
  "$(which TAMIS_JAVA_HOME="$root/usr/lib/jvm/java-17")"
status=0
message=$(which TAMIS_JAVA_HOME="$work/nowhere" 2>&1) || status=$?
expect "a wrong TAMIS_JAVA_HOME: exit code" 69 "$status"
expect_contains "a wrong TAMIS_JAVA_HOME: message" "TAMIS_JAVA_HOME is '$work/nowhere'" "$message"

# Building.
status=0
message=$(run "$work/project/tamis" demo 2>&1) || status=$?
expect "no Maven: exit code" 69 "$status"
expect "no Maven: message" \
  "tamis: must be built first, which needs Maven, but there is no command 'mvn'; install Maven 3.6.3 or later" \
  "$message"

cat >"$work/tools/mvn" <<'MAVEN'
#!/bin/sh
[ ! -f broken ] || { echo "[ERROR] it does not compile"; exit 1; }
echo "$JAVA_HOME" >>builds
mkdir -p cli/target
: >cli/target/tamis-cli.jar
MAVEN
chmod +x "$work/tools/mvn"
jdk "$work/home/.jdks/jre-26" 26 jre

touch "$work/project/broken"
status=0
message=$(run "$work/project/tamis" demo 2>&1) || status=$?
expect "a build that fails: exit code" 70 "$status"
expect_contains "a build that fails: Maven's messages" "[ERROR] it does not compile" "$message"
[ ! -e "$work/project/cli/target/tamis-build-lock" ] || fail "the lock is left behind"
rm "$work/project/broken"

status=0
output=$(run "$work/project/tamis" recommend --user "a b*" 2>"$work/messages") || status=$?
expect "the exit code is Java's" 7 "$status"
expect "built with the newest JDK that has a compiler" "$work/home/.jdks/openjdk-24" "$(cat "$work/project/builds")"
expect_contains "says that it builds" "tamis: building with Java 24, once" "$(cat "$work/messages")"
expect_contains "run with the newest Java" "started $work/home/.jdks/jre-26/bin/java" "$output"
expect_contains "arguments arrive whole" "argument <a b*>" "$output"
expect_contains "flags" "argument <-Djdk.serialFilter=!*>" "$output"
expect_contains "flags" "argument <jdk.incubator.vector>" "$output"

builds() { wc -l <"$work/project/builds" | tr -d ' '; }
run "$work/project/tamis" demo >"$work/messages" 2>&1 || :
expect "built once" 1 "$(builds)"
sleep 1
touch "$work/project/core/src/main/Changed.java"
run "$work/project/tamis" demo >"$work/messages" 2>&1 || :
expect "built again after a change" 2 "$(builds)"
run "$work/project/tamis" demo >"$work/messages" 2>&1 || :
expect "and then no more" 2 "$(builds)"
echo 999999999 >"$work/project/cli/target/tamis-build-lock"
sleep 1
touch "$work/project/cli/pom.xml"
run "$work/project/tamis" demo >"$work/messages" 2>&1 || :
expect "the lock of a dead build is taken over" 3 "$(builds)"

output=$(cd / && run TAMIS_JAVA_OPTS="-Xmx1g -Dtamis.kernels=scalar" "$work/project/tamis") || :
expect_contains "TAMIS_JAVA_OPTS" "argument <-Xmx1g>
argument <-Dtamis.kernels=scalar>" "$output"
ln -s "$work/project/tamis" "$work/bin/tamis" && ln -s tamis "$work/bin/link"
output=$(cd "$work" && run PATH="$work/bin:$work/tools" bin/link --version) || :
expect_contains "through links" "argument <$work/project/cli/target/tamis-cli.jar>" "$output"

[ "$failures" -eq 0 ] || { echo "launcher-test: $failures failed" >&2; exit 1; }
echo "launcher-test: all passed"
