package dev.tamis.kernels;

/** Picks the kernels once, at start. */
final class KernelSelector {
  private KernelSelector() {}

  static KernelOps select() {
    return new ScalarOps();
  }

  /** Whether this JVM was started with the Vector API. */
  static boolean vectorModulePresent() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }
}
