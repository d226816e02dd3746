package dev.tamis.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run will hold in memory at its peak, part by part, worked out before anything is
 * allocated.
 */
public final class MemoryPlan {
  private final Map<String, Long> parts = new LinkedHashMap<>();

  /** Adds a part in bytes; the same name adds up. */
  public MemoryPlan add(String part, long bytes) {
    parts.merge(part, bytes, Math::addExact);
    return this;
  }

  /** The parts in the order in which they were added, in bytes. */
  public Map<String, Long> parts() {
    return Collections.unmodifiableMap(parts);
  }

  /** All parts together, in bytes. */
  public long total() {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }
}
