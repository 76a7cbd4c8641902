package com.recordsponge.operator.support;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.image.Digests;
import com.recordsponge.operator.image.Need;
import com.recordsponge.operator.image.PushNotice;
import com.recordsponge.operator.registry.Answer;
import com.recordsponge.operator.registry.Question;
import java.util.Optional;

/** Returns the same answer for every image. */
record FixedDigests(Optional<Answer> answer) implements Digests {

    @Override
    public Optional<Answer> answer(RecordSpongeEnvironment environment, Question question, Need need) {
        return answer;
    }

    @Override
    public boolean pushed(PushNotice notice) {
        return true;
    }

    @Override
    public void release(RecordSpongeEnvironment environment) {
        // It remembers no questions.
    }
}
