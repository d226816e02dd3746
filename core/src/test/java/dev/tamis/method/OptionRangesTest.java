package dev.tamis.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.Option;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.method.sampler.Sampler;
import dev.tamis.method.sampler.Samplers;
import dev.tamis.method.sampler.Sampling;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Options that a program makes itself are held to the same ranges as those that are read. */
class OptionRangesTest {
  private static final Set<Class<?>> NUMBERS = Set.of(int.class, double.class, List.class);

  /** Components that are not called as their options are. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "observed", "confidence-observed",
          "missing", "confidence-missing");

  static List<Method<?>> methods() {
    return Methods.all();
  }

  @ParameterizedTest
  @MethodSource("methods")
  <O extends Record> void recordWithANumberOutOfRangeIsRefusedAsTheTextIs(Method<O> method)
      throws ReflectiveOperationException {
    O options = method.read(Settings.none());
    Map<String, Option<?>> ranges = new TreeMap<>();
    for (Option<?> option : method.options()) {
      if (option.allowed().contains("number")) {
        ranges.put(option.name(), option);
      }
    }
    Set<String> seen = new TreeSet<>(ofSamplers(options));
    seen.retainAll(ranges.keySet());
    for (List<RecordComponent> path : paths(options)) {
      Option<?> option = ranges.get(optionName(path.get(path.size() - 1)));
      if (option == null) {
        continue; // the method has not got it: it keeps its default
      }
      seen.add(option.name());
      for (Object wrong : outside(path.get(path.size() - 1), option)) {
        assertThatThrownBy(() -> with(options, path, 0, wrong))
            .as(method.name() + " " + option.name() + " " + wrong)
            .isInstanceOfSatisfying(
                TamisException.class,
                e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFIG))
            .hasMessageStartingWith("option '" + option.name() + "' must be ")
            .hasMessageEndingWith(", but is '" + wrong + "'");
      }
    }
    assertThat(seen).isEqualTo(ranges.keySet());
  }

  /** The options of samplers, which are held to their ranges by {@link Sampling}. */
  private static Set<String> ofSamplers(Record options) throws ReflectiveOperationException {
    Set<String> names = new TreeSet<>();
    for (RecordComponent component : options.getClass().getRecordComponents()) {
      Object value = value(options, component);
      if (value instanceof Sampling sampling) {
        names.addAll(sampling.settings().given().keySet());
      } else if (value instanceof HistorySampling sampling) {
        names.addAll(ofSamplers(sampling));
      }
    }
    return names;
  }

  static List<Sampler> samplers() {
    return Samplers.all();
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void samplerWithANumberOutOfRangeIsRefused(Sampler sampler) {
    for (Option<?> option : sampler.options()) {
      if (option.allowed().contains("number")) {
        Option<Double> any =
            Option.real(option.name(), 0, -Double.MAX_VALUE, Double.MAX_VALUE, "any number");
        Settings wrong = Settings.none().with(any, -1.0);
        assertThatThrownBy(() -> new Sampling(sampler, wrong))
            .isInstanceOfSatisfying(
                TamisException.class,
                e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.CONFIG))
            .hasMessage("option '%s' must be %s, but is '-1'", option.name(), option.allowed());
      }
    }
  }

  @Test
  void recordIsRebuiltFromItsParts() throws ReflectiveOperationException {
    Bpr.Options options = new Bpr().read(Settings.none());
    List<RecordComponent> path =
        paths(options).stream()
            .filter(p -> p.get(p.size() - 1).getName().equals("dim"))
            .findFirst()
            .orElseThrow();

    assertThat(with(options, path, 0, 77))
        .isEqualTo(new Bpr().read(Settings.none().with(CommonOptions.DIM, 77)));
  }

  /** The ways from a record through records to its numbers. */
  private static List<List<RecordComponent>> paths(Record record)
      throws ReflectiveOperationException {
    List<List<RecordComponent>> all = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      if (NUMBERS.contains(component.getType())) {
        all.add(List.of(component));
      } else if (value(record, component) instanceof Record part) {
        for (List<RecordComponent> further : paths(part)) {
          List<RecordComponent> path = new ArrayList<>(List.of(component));
          path.addAll(further);
          all.add(path);
        }
      }
    }
    return all;
  }

  private static Object value(Record record, RecordComponent component)
      throws ReflectiveOperationException {
    component.getAccessor().setAccessible(true);
    return component.getAccessor().invoke(record);
  }

  /** A copy of the record, with another value at the end of the path. */
  private static Object with(Record record, List<RecordComponent> path, int depth, Object value)
      throws ReflectiveOperationException {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = value(record, components[i]);
      if (components[i].getName().equals(path.get(depth).getName())) {
        values[i] =
            depth == path.size() - 1 ? value : with((Record) values[i], path, depth + 1, value);
      }
    }
    Constructor<?> constructor =
        record
            .getClass()
            .getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    constructor.setAccessible(true);
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof TamisException refusal) {
        throw refusal;
      }
      throw e;
    }
  }

  /** {@code rate-decay} for {@code rateDecay}. */
  private static String optionName(RecordComponent component) {
    String name = component.getName();
    return Optional.ofNullable(OTHER_NAMES.get(name))
        .orElseGet(() -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
  }

  /** Values that the option refuses, from among some next to the ends of common ranges. */
  private static List<Object> outside(RecordComponent component, Option<?> option) {
    List<Object> refused = new ArrayList<>();
    for (Object candidate : candidates(component)) {
      try {
        option.parse(candidate.toString().replaceAll("[\\[\\]]", ""));
      } catch (TamisException e) {
        refused.add(candidate);
      }
    }
    assertThat(refused).as(option.name()).isNotEmpty();
    return refused;
  }

  private static List<Object> candidates(RecordComponent component) {
    if (component.getType() == int.class) {
      return List.of(Integer.MIN_VALUE, -1, 1, Integer.MAX_VALUE);
    }
    return component.getType() == double.class
        ? List.of(Double.NaN, Double.NEGATIVE_INFINITY, -1e-9, 2000.0, Double.POSITIVE_INFINITY)
        : List.of(List.of(-1), List.of(Integer.MAX_VALUE));
  }
}
