/** The questions that the browser asks, one class each; answers are JSON. */
@NullMarked
package io.pagestream.dashboard.api;

import org.jspecify.annotations.NullMarked;
