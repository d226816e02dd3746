package dev.tamis.data.split;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * How a split was made; {@code split.json}.
 *
 * @param protocol the splitter as text, see {@link Splitter#text}
 * @param seed of the split
 * @param fingerprint of the data that were parted
 * @param train pairs of training data
 * @param validation pairs to be found in validation; 0 without validation
 * @param test pairs to be found in test
 */
public record SplitManifest(
    String protocol, long seed, String fingerprint, int train, int validation, int test) {

  /** What is to be written about a split of these data. */
  public static SplitManifest of(
      Splitter splitter, long seed, dev.tamis.data.Interactions data, SplitData split) {
    return new SplitManifest(
        splitter.text(),
        seed,
        data.fingerprint(),
        split.train().size(),
        split.validation().map(v -> v.target().size()).orElse(0),
        split.test().target().size());
  }

  byte[] json() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonFactory factory = JsonFactory.builder().build();
    try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeNumberProperty("format", 1);
      json.writeStringProperty("protocol", protocol);
      json.writeNumberProperty("seed", seed);
      json.writeStringProperty("fingerprint", fingerprint);
      json.writeNumberProperty("train", train);
      json.writeNumberProperty("validation", validation);
      json.writeNumberProperty("test", test);
      json.writeEndObject();
    }
    out.writeBytes("\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }
}
