package io.pagestream.images.format.vmware;

import java.util.List;

/**
 * A named value of a VMware state file.
 *
 * @param name its name, in ISO 8859-1
 * @param indices up to three indices
 * @param block whether the value is a block of bytes instead of a number
 * @param compressed whether the block is compressed
 * @param dataOffset offset of the value in the file
 * @param dataBytes length of the value in the file
 * @param number the value, if it is a number; unsigned
 */
record StateTag(
    String name,
    List<Integer> indices,
    boolean block,
    boolean compressed,
    long dataOffset,
    long dataBytes,
    long number) {
  StateTag {
    indices = List.copyOf(indices);
  }

  /** Whether it is a number with this name and so many indices. */
  boolean isNumber(String wanted, int indexCount) {
    return !block && name.equals(wanted) && indices.size() == indexCount;
  }
}
