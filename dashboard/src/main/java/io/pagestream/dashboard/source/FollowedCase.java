package io.pagestream.dashboard.source;

import io.pagestream.cases.bytes.ImageFiles;
import io.pagestream.cases.bytes.ImageLibrary;
import io.pagestream.cases.store.LiveStore;
import io.pagestream.cases.store.StoreSettings;
import io.pagestream.dashboard.live.LiveCase;
import io.pagestream.dashboard.notes.NoteFile;
import io.pagestream.schemas.connection.KafkaConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A live case opened for the dashboard: what a cluster, or a job in this process, finds as it goes.
 */
public final class FollowedCase implements AutoCloseable {
  private final CaseSource source;
  private final LiveCase live;
  private final Scratch scratch;

  private FollowedCase(CaseSource source, LiveCase live, Scratch scratch) {
    this.source = source;
    this.live = live;
    this.scratch = scratch;
  }

  /**
   * What to follow.
   *
   * @param title the case's name for people
   * @param kafka the cluster
   * @param prefix prefix of all topic names
   * @param images folders in which the images' files are looked for
   * @param notes folder for what people note
   * @param endless whether it is a cluster, to which images may be sent at any time
   */
  public record Settings(
      String title,
      KafkaConnection kafka,
      String prefix,
      List<Path> images,
      Path notes,
      boolean endless) {
    /** Copies its list. */
    public Settings {
      images = List.copyOf(images);
    }
  }

  /** Begins to follow a case. */
  public static FollowedCase open(Settings settings) {
    Scratch scratch = Scratch.make();
    LiveStore store = null;
    try {
      store =
          LiveStore.create(
              scratch.folder().resolve("live.duckdb"),
              StoreSettings.DEFAULT.withTimeout(FinishedCase.TIMEOUT));
      LiveStore filled = store;
      LiveCase live =
          LiveCase.follow(
              settings.kafka(), settings.prefix(), filled, scratch.folder(), settings.endless());
      CaseSource source =
          new CaseSource(
              settings.title(),
              filled,
              NoteFile.in(settings.notes()),
              new ImageLibrary(
                  imageId -> FinishedCase.files(filled, imageId),
                  new ImageFiles(settings.images()),
                  scratch.folder()),
              Optional.empty(),
              Optional.of(live::progress));
      return new FollowedCase(source, live, scratch);
    } catch (RuntimeException e) {
      if (store != null) {
        store.close();
      }
      scratch.close();
      throw e;
    }
  }

  /** What the dashboard shows. */
  public CaseSource source() {
    return source;
  }

  /** Takes what the broker has now and lets go of it; the dashboard keeps running. */
  public void finish() throws InterruptedException {
    live.finish();
  }

  @Override
  public void close() {
    live.close();
    source.images().close();
    source.store().close();
    scratch.close();
  }
}
