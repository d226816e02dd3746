package dev.tamis.bench.eval;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Processor time of this process, which waiting for a busy machine does not inflate. */
final class CpuClock {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private CpuClock() {}

  static double seconds() {
    return SYSTEM.getProcessCpuTime() / 1e9;
  }
}
