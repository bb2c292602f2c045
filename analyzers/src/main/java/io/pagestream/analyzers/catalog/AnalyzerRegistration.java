package io.pagestream.analyzers.catalog;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import java.util.function.Function;

/**
 * One entry of the catalog.
 *
 * @param info its properties, available without creating an instance
 * @param factory creates an instance for one thread
 * @param onByDefault whether it runs by default
 */
public record AnalyzerRegistration(
    AnalyzerInfo info, Function<AnalyzerOptions, Analyzer> factory, boolean onByDefault) {}
