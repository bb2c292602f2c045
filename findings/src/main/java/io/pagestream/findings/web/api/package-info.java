/** The questions that the page asks, one class each; answers are JSON. */
@NullMarked
package io.pagestream.findings.web.api;

import org.jspecify.annotations.NullMarked;
