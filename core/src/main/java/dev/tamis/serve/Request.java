package dev.tamis.serve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A question to a model, in ids. Begins with {@link #ofUser} or {@link #ofHistory}; what follows
 * makes a copy with one thing changed.
 *
 * @param user a user of the training data, or empty if the history asks
 * @param history what somebody has who was not in the training data; empty if a user asks
 * @param k how many items are wanted, at least 1
 * @param exclude items that must not be answered
 * @param among if present, the only items that may be answered
 * @param includesSeen whether what the user or the history has already may be answered, too
 */
public record Request(
    Optional<String> user,
    List<String> history,
    int k,
    List<String> exclude,
    Optional<List<String>> among,
    boolean includesSeen) {
  /**
   * @throws IllegalArgumentException if {@code k} is less than 1, or there is both a user and a
   *     history, or neither
   */
  public Request {
    Objects.requireNonNull(user);
    history = List.copyOf(history);
    exclude = List.copyOf(exclude);
    among = among.map(List::copyOf);
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, but is " + k);
    }
    if (user.isPresent() != history.isEmpty()) {
      throw new IllegalArgumentException("a request has either a user or a history of some items");
    }
  }

  /** The {@code k} best items for a user of the training data. */
  public static Request ofUser(String user, int k) {
    return new Request(Optional.of(user), List.of(), k, List.of(), Optional.empty(), false);
  }

  /** The {@code k} best items for somebody of whom only these items are known, in any order. */
  public static Request ofHistory(Collection<String> history, int k) {
    return new Request(
        Optional.empty(), List.copyOf(history), k, List.of(), Optional.empty(), false);
  }

  /**
   * Without these items, say those that are sold out, and without any that were excluded before.
   */
  public Request excluding(Collection<String> items) {
    List<String> all = new ArrayList<>(exclude);
    all.addAll(items);
    return new Request(user, history, k, all, among, includesSeen);
  }

  /**
   * Among these items only, or those of them that were allowed before: for example what an
   * application's own search has found.
   */
  public Request among(Collection<String> items) {
    List<String> allowed = new ArrayList<>(items);
    among.ifPresent(allowed::retainAll);
    return new Request(user, history, k, exclude, Optional.of(allowed), includesSeen);
  }

  /** With what the user or the history has already. */
  public Request includingSeen() {
    return new Request(user, history, k, exclude, among, true);
  }
}
