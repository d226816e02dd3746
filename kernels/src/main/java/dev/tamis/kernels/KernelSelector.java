package dev.tamis.kernels;

/** Picks the kernels once, at start. */
final class KernelSelector {
  private KernelSelector() {}

  static KernelOps select() {
    return new ScalarOps();
  }
}
