package io.pagestream.images.format.aff4;

import io.pagestream.images.container.ZipDirectory;
import io.pagestream.images.container.ZipMember;
import io.pagestream.images.source.ImageBytes;
import java.lang.foreign.MemorySegment;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The members of an AFF4 volume by their URNs. Member names are URNs with escaped characters, or
 * relative to the volume's URN.
 */
final class Aff4Volume {
  private static final String DESCRIPTION = "container.description";
  private static final String SCHEME = "aff4://";
  private static final int LONGEST_URN = 4096;
  private static final int BUFFER = 1 << 20;

  private final ImageBytes bytes;
  private final ZipDirectory directory;
  private final Map<String, ZipMember> members = new HashMap<>();
  private final String urn;

  private Aff4Volume(ImageBytes bytes, ZipDirectory directory) {
    this.bytes = bytes;
    this.directory = directory;
    directory.members().forEach(member -> members.putIfAbsent(unescaped(member.name()), member));
    this.urn =
        Optional.ofNullable(members.get(DESCRIPTION))
            .flatMap(member -> Optional.ofNullable(content(member, LONGEST_URN)))
            .map(text -> new String(text, StandardCharsets.UTF_8))
            .filter(text -> text.startsWith(SCHEME))
            .orElse(directory.comment())
            .replace("\0", "")
            .strip();
  }

  /**
   * Opens a volume.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if the archive has no directory
   */
  static Aff4Volume open(ImageBytes bytes) {
    return ZipDirectory.read(bytes)
        .map(directory -> new Aff4Volume(bytes, directory))
        .orElseThrow(() ->
            bytes.corrupt(
                Math.max(0, bytes.length() - 22),
                "the AFF4 volume is truncated or its directory is damaged"));
  }

  private static String unescaped(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  /** The volume's URN; may be empty. */
  String urn() {
    return urn;
  }

  ImageBytes bytes() {
    return bytes;
  }

  /** A member by its URN. */
  Optional<ZipMember> member(String name) {
    ZipMember found = members.get(name);
    if (found == null && !urn.isEmpty() && name.startsWith(urn + "/")) {
      found = members.get(name.substring(urn.length() + 1));
    }
    return Optional.ofNullable(found);
  }

  /** Whether the volume has a member. */
  boolean has(String name) {
    return member(name).isPresent();
  }

  /**
   * The content of a member; empty if it is missing, too large, or damaged.
   *
   * @param most largest number of bytes
   */
  Optional<byte[]> small(String name, int most) {
    return member(name).flatMap(member -> Optional.ofNullable(content(member, most)));
  }

  private byte @Nullable [] content(ZipMember member, int most) {
    boolean fits =
        !member.isEncrypted()
            && member.plainBytes() >= 0
            && member.plainBytes() <= most
            && member.packedBytes() >= 0
            && member.packedBytes() <= most;
    long offset = fits ? directory.dataOffset(bytes, member) : -1;
    if (offset < 0) {
      return null;
    }
    byte[] packed = new byte[(int) Math.min(member.packedBytes(), bytes.length())];
    if (bytes.read(offset, MemorySegment.ofArray(packed)) != member.packedBytes()) {
      return null;
    }
    byte[] plain =
        switch (member.method()) {
          case ZipMember.STORED -> packed;
          case ZipMember.DEFLATED -> inflated(packed, (int) member.plainBytes());
          default -> null;
        };
    if (plain == null) {
      return null;
    }
    CRC32 crc = new CRC32();
    crc.update(plain);
    return crc.getValue() == member.crc() ? plain : null;
  }

  private static byte @Nullable [] inflated(byte[] packed, int size) {
    // 1032 is the best ratio of deflate: a larger claim would only cost memory.
    if (size > 1032L * packed.length + 64) {
      return null;
    }
    byte[] plain = new byte[size];
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(packed);
      int done = 0;
      while (done < size && !inflater.finished()) {
        int count = inflater.inflate(plain, done, size - done);
        if (count == 0) {
          return null;
        }
        done += count;
      }
      return done == size ? plain : null;
    } catch (DataFormatException e) {
      return null;
    }
  }

  /** Where the bytes of a member that is not compressed begin; -1 if it cannot be read in place. */
  long place(ZipMember member) {
    boolean inPlace = member.method() == ZipMember.STORED && !member.isEncrypted();
    return inPlace ? directory.dataOffset(bytes, member) : -1;
  }

  /** Whether the stored bytes of a member that is not compressed match its CRC-32. */
  boolean isIntact(ZipMember member) {
    long offset = place(member);
    if (offset < 0 || !bytes.contains(offset, member.packedBytes())) {
      return false;
    }
    CRC32 crc = new CRC32();
    MemorySegment buffer = MemorySegment.ofArray(new byte[BUFFER]);
    for (long done = 0; done < member.packedBytes(); ) {
      MemorySegment part = buffer.asSlice(0, Math.min(BUFFER, member.packedBytes() - done));
      if (bytes.read(offset + done, part) != part.byteSize()) {
        return false;
      }
      crc.update(part.asByteBuffer());
      done += part.byteSize();
    }
    return crc.getValue() == member.crc();
  }
}
