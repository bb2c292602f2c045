/** The analyzers' part of an image's job: the settings that travel in the image's manifest. */
@NullMarked
package io.pagestream.analyzers.job;

import org.jspecify.annotations.NullMarked;
