package dev.tamis.data.read;

import dev.tamis.config.TamisException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to do with a row that cannot be used. Damage that hides where rows end (an open quote, a
 * field over the limit, broken gzip) always stops the reading.
 */
public final class BadRowPolicy {
  /** What happens to a bad row. */
  public enum Action {
    FAIL,
    SKIP,
    QUARANTINE
  }

  private final Action action;
  private final Optional<Quarantine> quarantine;
  private final long cap;

  private BadRowPolicy(Action action, Optional<Quarantine> quarantine, long cap) {
    if (action != Action.FAIL && cap < 1) {
      throw TamisException.usage("the cap on bad rows is " + cap + "; it must be at least 1");
    }
    this.action = action;
    this.quarantine = quarantine;
    this.cap = cap;
  }

  /** The first bad row stops the reading. */
  public static BadRowPolicy fail() {
    return new BadRowPolicy(Action.FAIL, Optional.empty(), 0);
  }

  /** Bad rows are left out and counted, up to a cap for each file. */
  public static BadRowPolicy skip(long cap) {
    return new BadRowPolicy(Action.SKIP, Optional.empty(), cap);
  }

  /**
   * Bad rows are left out, counted and written to a file, up to a cap for each file that is read.
   * Each line is the file that is read and the line number with a colon between them, a tab, the
   * reason, a tab, and the row. Files that are read one after the other under the same policy share
   * the quarantine file, which the first bad row makes anew.
   */
  public static BadRowPolicy quarantine(Path file, long cap) {
    return new BadRowPolicy(Action.QUARANTINE, Optional.of(new Quarantine(file)), cap);
  }

  /** Stop, leave the row out, or leave it out and keep it in a file. */
  public Action action() {
    return action;
  }

  /** Where rows go for {@link Action#QUARANTINE}. */
  public Optional<Path> file() {
    return quarantine.map(Quarantine::file);
  }

  /** How many bad rows of a file are tolerated; one more stops the reading. */
  public long cap() {
    return cap;
  }

  Quarantine quarantine() {
    return quarantine.orElseThrow();
  }
}
