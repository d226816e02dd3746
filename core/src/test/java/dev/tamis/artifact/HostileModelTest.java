package dev.tamis.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tamis.config.TamisException.Kind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files with right checksums and wrong content are refused for what they are, and no claim of
 * theirs makes the reader allocate more than the files have and 16 MiB.
 */
class HostileModelTest {
  private static final long SLACK = 16 << 20;

  @TempDir Path temp;
  private final ModelStore store = new ModelStore(FaultyFiles.sound(), ModelKinds.ALL);
  private Path directory;

  @BeforeEach
  void write() {
    directory = temp.resolve("model");
    store.write(ExampleModels.popularity(1, 3, 4), directory);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          536870911, 1   | 0, 2147483644 | 16 | at most to 16
          4, 1           | 0, 12         | 16 | 'has 12 bytes'
          4, 1           | 4, 20         | 20 | expected from 0
          4, 1           | 0, 16         | 20 | end at byte 16
          -4, 1          | 0, 16         | 16 | is -4 x 1
          -4, -1         | 0, 16         | 16 | is -4 x -1
          4, 1           | 0, -16        | 16 | at bytes 0 to -16
          4, 1           | -16, 0        | 16 | at bytes -16 to 0
          1073741824, 16 | 0, 16         | 16 | 'but has 16 bytes'
          2147483647, 2147483647 | 0, 4  |  4 | 'but has 4 bytes'
          9223372036854775807, 1 | 0, 16 | 16 | is 9223372036854775807 x 1
          99999999999999999999, 1 | 0, 16 | 16 | out of range
          4.0, 1         | 0, 16         | 16 | expected a whole number
          '4, 1, 1'      | 0, 16         | 16 | expected ]
          """)
  void tensorShapesAreExact(String shape, String offsets, int bytes, String message)
      throws IOException {
    refuseTensors(
        "{METADATA,\"scores\":{\"dtype\":\"F32\",\"shape\":["
            + shape
            + "],\"data_offsets\":["
            + offsets
            + "]}}",
        bytes,
        message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          '"a":{T[0,16]},"b":{T[12,28]}' | 28 | expected from 16
          '"a":{T[0,16]},"b":{T[20,36]}' | 36 | expected from 16
          '"a":{T[0,16]},"b":{T[0,16]}'  | 16 | expected from 16
          '"a":{T[0,16]},"a":{T[16,32]}' | 32 | Duplicate
          '"b":{T[0,16]},"a":{T[16,32]}' | 32 | out of order
          '"../a":{T[0,16]}'             | 16 | not allowed
          '"scores":{T[0,16]},"x":{T[16,32]}' | 32 | 'x'
          '"other":{T[0,16]}'            | 16 | has no table 'other'
          """)
  void tensorsLieSideBySideEachUnderItsOwnName(String tables, int bytes, String message)
      throws IOException {
    refuseTensors(
        "{METADATA,"
            + tables.replace("T", "\"dtype\":\"F32\",\"shape\":[4,1],\"data_offsets\":")
            + "}",
        bytes,
        message);
  }

  /** Attributes make claims about sizes, too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          '"hidden": "5 4"' | '"hidden": "65536 65536"'  | of 6 x 65536
          '"hidden": "5 4"' | '"hidden": "5 2000000000"' | hidden layers of 1 to 65536
          '"mlp": "3"'      | '"mlp": "65536"'           | of 131072 x 5
          '"gmf": "2"'      | '"gmf": "3"'               | of 1 x 7
          """)
  void networksAreAsLargeAsTheirTables(String text, String by, String message) throws IOException {
    store.write(ExampleModels.neural(1, 3, 4), directory);
    Forgery.manifestText(directory, text, by);
    ModelStoreTest.assertFails(() -> store.read(directory), Kind.BAD_DATA, message);
  }

  /** What is solved for, and how heavy histories weigh, are numbers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          '"alpha": "40.0"'  | '"alpha": "NaN"'      | must be a finite number from 0 up, but is 'NaN'
          '"alpha": "40.0"'  | '"alpha": "forty"'    | must be a finite number from 0 up, but is 'forty'
          '"lambda": "0.1"'  | '"lambda": "-0.1"'    | must be a finite number from 0 up, but is '-0.1'
          '"lambda": "0.1",' | ''                    | attribute 'lambda'
          """)
  void numbersOfLeastSquaresAreNumbers(String text, String by, String message) throws IOException {
    store.write(ExampleModels.solved("least-squares", 1, 3, 4), directory);
    Forgery.manifestText(directory, text, by);
    ModelStoreTest.assertFails(() -> store.read(directory), Kind.BAD_DATA, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          '"item-layers": "4,2"' | '"item-layers": "4,999999"' | of 4 x 999999
          '"item-layers": "4,2"' | '"item-layers": "4,,2"'     | the widths of layers must be
          '"item-layers": "4,2"' | '"item-layers": "0"'        | has no table 'item-layer-1-bias'
          '"item-layers": "4,2"' | '"x-layers": "4,2"'         | needs an attribute 'item-layers'
          '"user-layers": "0"'   | '"user-layers": "0", "z": ""' | has no attribute 'z'
          '"normalised": "true"' | '"normalised": "yes"'       | must be true or false
          '"scale": "2.5"'       | '"scale": "-2.5"'           | must be a number above 0
          '"scale": "2.5"'       | '"scale": "NaN"'            | must be a number above 0
          """)
  void towersAreAsTheirTables(String text, String by, String message) throws IOException {
    store.write(ExampleModels.towers(1, 3, 4), directory);
    Forgery.manifestText(directory, text, by);
    refuse(message);
  }

  /** Columns and values of features, of which the first is that of genres. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          32 | 5000        | it claims 5000 columns
          32 | -1          | it claims -1 columns
          36 | 2000000000  | but
          36 | -5          | it claims -5 entries
          46 | 7           | is of kind 7, which is not known
          101 | -1         | needs a finite mean and a deviation above 0
          50 | 2000000000  | it claims 2,000,000,000 entries
          54 | 0           | has 0 bytes
          54 | -1          | ends at byte -1, out of range
          62 | 2000000000  | it claims 2,000,000,000 entries
          """)
  void featuresAreExact(int at, int value, String message) throws IOException {
    store.write(ExampleModels.towers(1, 3, 4), directory);
    byte[] features = Files.readAllBytes(directory.resolve(ModelFiles.FEATURES));
    ByteBuffer.wrap(features).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    Forgery.section(directory, ModelFiles.FEATURES, sealed(features));
    refuse(message);
  }

  @Test
  void featuresOfAKindThatHasNoneAreRefused() throws IOException {
    store.write(ExampleModels.towers(1, 3, 4), directory);
    Forgery.manifestText(directory, "\"kind\": \"towers\"", "\"kind\": \"factors\"");
    refuse("a model of kind 'factors' has no features, but there are some");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[",
        "null",
        "{METADATA",
        "{METADATA}}",
        "{METADATA} x",
        "{METADATA,\"scores\":{\"dtype\":\"F64\",\"shape\":[2,1],\"data_offsets\":[0,16]}}",
        "{METADATA,\"scores\":{\"shape\":[4,1],\"data_offsets\":[0,16]}}",
        "{\"__metadata__\":{\"format\":\"pt\"}}"
      })
  void headersOfAnotherMakeAreRefused(String header) throws IOException {
    refuseTensors(header, 16, "");
  }

  @Test
  void deepJsonIsRefused() throws IOException {
    refuseTensors("{METADATA,\"scores\":" + "[".repeat(1_000_000), 0, "expected {");
    refuseTensors("[".repeat(1_000_000), 0, "expected {");
    Forgery.manifestText(directory, "\"users.ids\"", "[".repeat(1_000_000));
    refuse("expected a text");
  }

  @Test
  void longHeadersAndListsAreRefused() throws IOException {
    refuseTensors("{METADATA" + " ".repeat(17 << 20) + "}", 0, "its header claims 17,");
    byte[] claim = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(-1).array();
    Forgery.section(directory, ModelFiles.TENSORS, claim);
    refuse("its header claims -1 bytes");
    StringBuilder tables = new StringBuilder("{METADATA");
    for (int i = 0; i <= ManifestReader.MAX_ENTRIES; i++) {
      tables.append(
          String.format(
              ",\"t%05d\":{\"dtype\":\"F32\",\"shape\":[0,1],\"data_offsets\":[0,0]}", i));
    }
    refuseTensors(tables.append('}').toString(), 0, "more than 4096 tables");
  }

  @Test
  void aManifestTooLongToReadIsRefused() throws IOException {
    Files.write(directory.resolve(Manifest.FILE), new byte[17 << 20]);
    refuse("at most 16,777,216 are read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          '"users": 3'      | '"users": 2000000000' | 'it has 3 ids, the manifest says 2000000000'
          '"users": 3'      | '"users": -1'         | 'expected a count'
          '"users": 3'      | '"users": 3, "x": 1'  | 'expected "items"'
          '"users": 3,'     | ''                    | 'expected "users"'
          'users.ids'       | '../users.ids'        | names the file '../users.ids'
          'users.ids'       | 'titles.bin'          | does not name the file 'users.ids'
          'users.ids'       | 'seen.bin'            | out of order
          '"seed": 1'       | '"seed": "1"'         | expected a whole number
          'popularity'      | 'java.util.ArrayList' | this Tamis knows encoder, factors, item-matrix, item-neighbours, least-squares, neural, popularity, towers
          """)
  void manifestFieldsAreExact(String text, String by, String message) throws IOException {
    Forgery.manifestText(directory, text, by);
    refuse(message);
  }

  @Test
  void claimsOfIdsBeyondTheFileAreRefused() throws IOException {
    Manifest m = ManifestReader.parse(directory, ManifestReader.bytes(directory));
    ByteBuffer ids = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    ids.put(Files.readAllBytes(directory.resolve(ModelFiles.USERS)), 0, 32);
    Forgery.section(directory, ModelFiles.USERS, sealed(ids.putLong(2_000_000_000).array()));
    Forgery.manifestText(directory, "\"users\": 3", "\"users\": 2000000000");
    refuse("it claims 2,000,000,000 entries of 4 bytes, but 4 bytes are left");
    assertThat(m.users()).isEqualTo(3);
  }

  @Test
  void idsThatAreNotUniqueAndItemsOutOfRangeAreRefused() throws IOException {
    byte[] users = Files.readAllBytes(directory.resolve(ModelFiles.USERS));
    byte[] seen = Files.readAllBytes(directory.resolve(ModelFiles.SEEN));
    int end = ByteBuffer.wrap(users).order(ByteOrder.LITTLE_ENDIAN).getInt(40);
    byte[] forged = users.clone();
    ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putInt(44, end);
    Forgery.section(directory, ModelFiles.USERS, sealed(forged));
    refuse("id number 1 has 0 bytes");
    ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putInt(44, Integer.MAX_VALUE);
    Forgery.section(directory, ModelFiles.USERS, sealed(forged));
    refuse("out of range");
    Forgery.section(directory, ModelFiles.USERS, users);
    for (int item : new int[] {4, -1, Integer.MAX_VALUE}) {
      forged = seen.clone();
      ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putInt(forged.length - 8, item);
      Forgery.section(directory, ModelFiles.SEEN, sealed(forged));
      refuse("out of range");
    }
    forged = seen.clone();
    ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putInt(52, Integer.MAX_VALUE);
    Forgery.section(directory, ModelFiles.SEEN, sealed(forged));
    refuse("out of range");
  }

  /** Or ranking would end outside the table, for a model that was called sound. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void thereIsARowAUser(int rows) throws IOException {
    store.write(ExampleModels.solved("least-squares", 1, 3, 4), directory);
    String table = "\"%s\":{\"dtype\":\"F32\",\"shape\":[%d,4],\"data_offsets\":[%d,%d]}";
    refuseTensors(
        "{METADATA,"
            + String.format(table, "items", 4, 0, 64)
            + ","
            + String.format(table, "users", rows, 64, 64 + 16 * rows)
            + "}",
        64 + 16 * rows,
        "the model knows " + rows + " users, but there are 3 user ids");
  }

  @Test
  void aDirectoryInPlaceOfAFileIsNamed() throws IOException {
    for (String file : new String[] {ModelFiles.USERS, Manifest.FILE}) {
      Files.delete(directory.resolve(file));
      Files.createDirectory(directory.resolve(file));
      ModelStoreTest.assertFails(
          () -> store.read(directory), Kind.BAD_DATA, file + " is a directory; expected a file");
      assertThat(store.verify(directory).problems()).first().asString().contains(file + " is a");
    }
  }

  @Test
  void valuesThatAreNotFiniteAreFoundByVerify() throws IOException {
    byte[] tensors = Files.readAllBytes(directory.resolve(ModelFiles.TENSORS));
    ByteBuffer.wrap(tensors)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(tensors.length - 4, Float.POSITIVE_INFINITY);
    Forgery.section(directory, ModelFiles.TENSORS, tensors);
    assertThat(store.verify(directory).problems())
        .singleElement()
        .asString()
        .contains("table 'scores' has Infinity at row 3, column 0");
  }

  private void refuseTensors(String header, int dataBytes, String message) throws IOException {
    Forgery.section(directory, ModelFiles.TENSORS, Forgery.tensors(directory, header, dataBytes));
    refuse(message);
  }

  private void refuse(String message) throws IOException {
    long files = 0;
    for (Path file : AtomicDirectory.entries(directory)) {
      files += Files.size(file);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    ModelStoreTest.assertFails(() -> store.read(directory), Kind.BAD_DATA, message);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(files + SLACK);
    assertThat(store.verify(directory).problems()).isNotEmpty();
  }

  /** With the footer that belongs to the content. */
  private static byte[] sealed(byte[] section) {
    CRC32C crc = new CRC32C();
    crc.update(section, 0, section.length - 4);
    ByteBuffer.wrap(section)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(section.length - 4, (int) crc.getValue());
    return section;
  }
}
