package io.pagestream.images.format;

import java.util.EnumSet;
import java.util.Set;

/**
 * A format as users see it, in the documentation and in help texts.
 *
 * @param title its name in prose, for example {@code LiME v1}
 * @param notes what is read of it, as a phrase
 * @param peers other programs that read it, as far as their sources show
 */
public record FormatDescription(String title, String notes, Set<Peer> peers) {
  /** Copies the set. */
  public FormatDescription {
    peers = Set.copyOf(peers);
  }

  /** A program that opens memory images. */
  public enum Peer {
    /** Volatility 3. */
    VOLATILITY("Volatility 3"),
    /** LeechCore, as used by MemProcFS. */
    LEECHCORE("LeechCore"),
    /** libvmi. */
    LIBVMI("libvmi"),
    /** crash. */
    CRASH("crash"),
    /** drgn. */
    DRGN("drgn"),
    /** avml-convert. */
    AVML("AVML");

    private final String title;

    Peer(String title) {
      this.title = title;
    }

    /** The program's name. */
    public String title() {
      return title;
    }
  }

  /** A description. */
  public static FormatDescription of(String title, String notes, Peer... peers) {
    Set<Peer> all = EnumSet.noneOf(Peer.class);
    all.addAll(Set.of(peers));
    return new FormatDescription(title, notes, all);
  }
}
