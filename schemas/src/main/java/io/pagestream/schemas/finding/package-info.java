/** What identifies a finding: ids that everybody can compute again from the content. */
@NullMarked
package io.pagestream.schemas.finding;

import org.jspecify.annotations.NullMarked;
