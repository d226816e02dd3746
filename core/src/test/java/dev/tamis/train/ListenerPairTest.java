package dev.tamis.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ListenerPairTest {
  /** A method that is added to listeners and not passed on here is lost to one of the two. */
  @Test
  void everythingIsToldToBothInTheirOrder() throws ReflectiveOperationException {
    List<String> heard = new ArrayList<>();
    ListenerPair pair = new ListenerPair(hears(heard, "first "), hears(heard, "second "));
    Method[] methods = TrainingListener.class.getMethods();
    assertThat(methods).hasSizeGreaterThan(5);
    for (Method method : methods) {
      Object[] arguments = Arrays.stream(method.getParameterTypes()).map(this::some).toArray();
      String told = method.getName() + Arrays.toString(arguments);
      heard.clear();
      method.invoke(pair, arguments);
      assertThat(heard).containsExactly("first " + told, "second " + told);
    }
  }

  private int number;

  /** A value of a type, another one each time. */
  private Object some(Class<?> type) {
    number++;
    if (type == int.class) {
      return number;
    }
    if (type == long.class) {
      return (long) number;
    }
    if (type == double.class) {
      return (double) number;
    }
    if (type == String.class) {
      return "text " + number;
    }
    if (type == SortedMap.class) {
      return new TreeMap<>(java.util.Map.of("ndcg", (double) number));
    }
    throw new AssertionError("a value of " + type + " is wanted here");
  }

  private static TrainingListener hears(List<String> heard, String who) {
    return (TrainingListener)
        Proxy.newProxyInstance(
            TrainingListener.class.getClassLoader(),
            new Class<?>[] {TrainingListener.class},
            (proxy, method, arguments) -> {
              heard.add(who + method.getName() + Arrays.toString(arguments));
              return null;
            });
  }
}
