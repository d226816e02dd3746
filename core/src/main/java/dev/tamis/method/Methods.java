package dev.tamis.method;

import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import java.util.List;

/** All methods there are. Adding one is a file in this package and a line here. */
public final class Methods {
  private static final List<Method<?>> ALL =
      List.of(
          new MostPopular(),
          new Wrmf(),
          new Ease(),
          new Slim(),
          new ItemKnn(),
          new Bpr(),
          new Pris(),
          new AdaSir(),
          new SelfAdversarial(),
          new Dns(),
          new Warp(),
          new Cml(),
          new Aobpr(),
          new KernelSampling(),
          new Srns(),
          new Irgan(),
          new SampledSoftmax(),
          new Ssl(),
          new SslPop(),
          new MixedNegatives(),
          new GTower(),
          new Bir(),
          new Xir(),
          new Gmf(),
          new Mlp(),
          new NeuMf(),
          new MultVae(),
          new MultDae(),
          new GaussianVae(),
          new GaussianDae(),
          new LogisticVae(),
          new LogisticDae(),
          new Cdae(),
          new FastVae(),
          new SampledDae());

  private Methods() {}

  /** Every method, in the order in which they are listed. */
  public static List<Method<?>> all() {
    return ALL;
  }

  /**
   * The method of a name.
   *
   * @throws TamisException of kind USAGE if there is none, with the nearest name
   */
  public static Method<?> named(String name) {
    for (Method<?> method : ALL) {
      if (method.name().equals(name)) {
        return method;
      }
    }
    List<String> names = ALL.stream().map(Method::name).toList();
    throw TamisException.usage("there is no method '" + name + "'" + Suggestion.among(name, names));
  }
}
