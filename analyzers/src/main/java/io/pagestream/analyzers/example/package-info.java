/**
 * The example to copy. {@link io.pagestream.analyzers.example.LinuxBannerAnalyzer} is a complete
 * analyzer in one file, its test is in the same package, and {@code docs/writing-an-analyzer.md}
 * walks through both. To write your own: copy the two files, rename them, change the search, add
 * one line to {@link io.pagestream.analyzers.catalog.AnalyzerCatalog}.
 */
@NullMarked
package io.pagestream.analyzers.example;

import org.jspecify.annotations.NullMarked;
