package io.pagestream.dashboard.source;

import io.pagestream.cases.bytes.ImageFiles;
import io.pagestream.cases.bytes.ImageLibrary;
import io.pagestream.cases.collect.CaseFollower;
import io.pagestream.cases.store.LiveStore;
import io.pagestream.cases.store.StoreSettings;
import io.pagestream.dashboard.live.ClusterFollower;
import io.pagestream.dashboard.live.LiveCase;
import io.pagestream.dashboard.notes.NoteFile;
import io.pagestream.schemas.connection.KafkaConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A live case opened for the dashboard: the current results of a cluster, or of a job in this
 * process.
 */
public final class FollowedCase implements AutoCloseable {
  private final CaseSource source;
  private final LiveCase live;
  private final Scratch scratch;
  private @Nullable ClusterFollower cluster;

  private FollowedCase(CaseSource source, LiveCase live, Scratch scratch) {
    this.source = source;
    this.live = live;
    this.scratch = scratch;
  }

  /**
   * Settings for showing a case.
   *
   * @param title display name of the case
   * @param images folders to search for the images' files
   * @param notes folder for the notes of users
   */
  public record Settings(String title, List<Path> images, Path notes) {
    /** Copies its list. */
    public Settings {
      images = List.copyOf(images);
    }
  }

  /** The case of a job in this process, whose collector passes it to {@link #follower()}. */
  public static FollowedCase ofJob(Settings settings) {
    return make(settings, false);
  }

  /**
   * All images of a cluster; further images may be sent at any time.
   *
   * @param prefix prefix of all topic names
   * @throws io.pagestream.schemas.error.PagestreamException if the broker cannot be reached or has
   *     no such topics
   */
  public static FollowedCase ofCluster(Settings settings, KafkaConnection kafka, String prefix) {
    FollowedCase followed = make(settings, true);
    try {
      followed.cluster =
          ClusterFollower.start(kafka, prefix, followed.scratch.folder(), followed.live);
      return followed;
    } catch (RuntimeException e) {
      followed.close();
      throw e;
    }
  }

  private static FollowedCase make(Settings settings, boolean endless) {
    Scratch scratch = Scratch.make();
    try {
      LiveStore store =
          LiveStore.create(
              scratch.folder().resolve("live.duckdb"),
              StoreSettings.DEFAULT.withTimeout(FinishedCase.TIMEOUT));
      LiveCase live = new LiveCase(store, endless);
      CaseSource source =
          new CaseSource(
              settings.title(),
              store,
              NoteFile.in(settings.notes()),
              new ImageLibrary(
                  imageId -> FinishedCase.files(store, imageId),
                  new ImageFiles(settings.images()),
                  scratch.folder()),
              Optional.empty(),
              Optional.of(live::progress));
      return new FollowedCase(source, live, scratch);
    } catch (RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  /** The source for the dashboard. */
  public CaseSource source() {
    return source;
  }

  /** The follower that fills it; the dashboard keeps running after it has ended. */
  public CaseFollower follower() {
    return live;
  }

  @Override
  public void close() {
    if (cluster != null) {
      cluster.close();
    }
    source.images().close();
    source.store().close();
    scratch.close();
  }
}
