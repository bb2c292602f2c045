package io.pagestream.pipeline;

import io.pagestream.analyzers.job.AnalyzerJob;
import io.pagestream.analyzers.stage.AnalyzerStage;
import io.pagestream.analyzers.stage.FindingCap;
import io.pagestream.mapper.stage.MapperJob;
import io.pagestream.mapper.stage.MapperOptions;
import io.pagestream.schemas.avro.ImageJob;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.error.PagestreamException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The job of an image: how it is judged and analyzed, on whatever machine. */
public final class ImageJobs {
  private static final int ID_CHARACTERS = 8;

  private ImageJobs() {}

  /**
   * The job of settings.
   *
   * @throws PagestreamException if a file that the options name cannot be read
   */
  public static ImageJob of(MapperOptions mapper, AnalyzerStage.Settings analyzers) {
    return AnalyzerJob.of(analyzers).setMapper(MapperJob.settings(mapper)).build();
  }

  /**
   * The settings in manifests, by the names that a case's manifest uses. A setting that differs
   * between the images is prefixed with the beginning of the image's id.
   */
  static Map<String, String> settings(List<ImageManifest> manifests) {
    List<Map<String, String>> all = manifests.stream().map(ImageJobs::settings).toList();
    Map<String, String> settings = new TreeMap<>();
    for (int i = 0; i < all.size(); i++) {
      String id = manifests.get(i).getImageId();
      for (Map.Entry<String, String> setting : all.get(i).entrySet()) {
        boolean same =
            all.stream().allMatch(one -> setting.getValue().equals(one.get(setting.getKey())));
        String prefix = id.substring(0, Math.min(ID_CHARACTERS, id.length())) + '/';
        settings.put((same ? "" : prefix) + setting.getKey(), setting.getValue());
      }
    }
    return settings;
  }

  private static Map<String, String> settings(ImageManifest manifest) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("run-pages", Integer.toString(manifest.getRunPages()));
    ImageJob job = manifest.getJob();
    if (job == null) {
      return settings;
    }
    settings.putAll(mapper(job));
    settings.putAll(job.getAnalyzerOptions());
    settings.put("kinds", String.join(",", job.getKinds()));
    settings.put("stop-list-sha256", job.getStopListSha256());
    settings.put("alert-list-sha256", job.getAlertListSha256());
    settings.values().removeIf(String::isEmpty);
    settings.put(
        "finding-cap",
        new FindingCap(Math.max(1, job.getCapOfKind()), Math.max(1, job.getCapOfValue())).word());
    return settings;
  }

  /** The settings in words; as they are if this version does not know them. */
  private static Map<String, String> mapper(ImageJob job) {
    try {
      return MapperJob.of(job.getMapper()).choices();
    } catch (PagestreamException e) {
      return job.getMapper();
    }
  }
}
