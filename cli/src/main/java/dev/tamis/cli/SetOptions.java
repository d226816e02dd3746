package dev.tamis.cli;

import dev.tamis.config.TamisException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was given with {@code --set}. */
final class SetOptions {
  private SetOptions() {}

  /** Values by the names of options. */
  static SortedMap<String, String> texts(List<String> set) {
    SortedMap<String, String> texts = new TreeMap<>();
    for (String setting : set) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw TamisException.usage(
            "--set needs OPTION=VALUE, for example --set dim=64, but was given '" + setting + "'");
      }
      String name = setting.substring(0, equals);
      if (texts.put(name, setting.substring(equals + 1)) != null) {
        throw TamisException.usage("--set " + name + " is given twice; give it once");
      }
    }
    return texts;
  }
}
