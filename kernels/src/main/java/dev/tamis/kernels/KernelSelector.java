package dev.tamis.kernels;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Picks the kernels once, at start, by the system property {@code tamis.kernels}: {@code scalar},
 * {@code simd}, or {@code auto} (the default), which is SIMD where it runs well.
 */
final class KernelSelector {
  /** Before, the compiler puts vectors on the heap now and then, and small kernels lose. */
  private static final int FIRST_GOOD_JDK = 21;

  private static final String REMEDY = "--add-modules jdk.incubator.vector";

  private KernelSelector() {}

  static KernelOps select() {
    return select(
        System.getProperty("tamis.kernels", "auto"),
        vectorModulePresent(),
        Runtime.version().feature(),
        System.getLogger(KernelSelector.class.getPackageName()));
  }

  static KernelOps select(String choice, boolean vectorModule, int jdk, Logger log) {
    switch (choice) {
      case "scalar":
        return new ScalarOps();
      case "simd":
        if (!vectorModule) {
          throw new IllegalStateException(
              "tamis.kernels is simd, but the Vector API is not there; start Java with "
                  + REMEDY
                  + ", or set tamis.kernels to auto");
        }
        try {
          return new SimdOps();
        } catch (LinkageError e) {
          throw new IllegalStateException(
              "tamis.kernels is simd, but the Vector API of this Java does not start ("
                  + e
                  + "); set tamis.kernels to auto, or use JDK "
                  + FIRST_GOOD_JDK
                  + " or newer",
              e);
        }
      case "auto":
        return automatic(vectorModule, jdk, log);
      default:
        throw new IllegalArgumentException(
            "tamis.kernels is '" + choice + "', but must be auto, scalar or simd");
    }
  }

  private static KernelOps automatic(boolean vectorModule, int jdk, Logger log) {
    if (jdk >= FIRST_GOOD_JDK && vectorModule) {
      try {
        return new SimdOps();
      } catch (LinkageError e) {
        log.log(Level.WARNING, "scalar kernels, because the Vector API does not start: " + e);
        return new ScalarOps();
      }
    }
    if (jdk >= FIRST_GOOD_JDK) {
      log.log(
          Level.INFO,
          "scalar kernels, same results but slower; for SIMD start Java with " + REMEDY);
    }
    return new ScalarOps();
  }

  /** Whether this JVM was started with the Vector API. */
  static boolean vectorModulePresent() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }
}
