package dev.tamis.data.read;

import java.io.IOException;

/** Cuts a stream of bytes into rows of fields. */
interface RowReader {
  /**
   * Reads the next row that is not blank.
   *
   * @return whether there was one
   * @throws RowFault if the row is no row of this format but the next one can be read
   * @throws StructureFault if it cannot be told where the next row starts
   */
  boolean next(Row row) throws IOException;
}
