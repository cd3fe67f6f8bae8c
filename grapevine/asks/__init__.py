"""Who do I go talk to? From two sentences to a yes with a time.

An `Ask` is what somebody tries to do, sealed to the asker. A `Request` goes to one person, sealed to the two; its
`Reply` is one tap. A no is never told apart from busy. After 48 working hours without an answer the next of those
the asker was shown is asked and both are told, unless the asker left it at the ones they chose. An `Introduction`
needs the yes of both sides, within the same time; a no is a silence there, too. Helpers are protected by limits and
rest.

Emits: RequestSent, RequestAccepted, RequestAnswered, RequestWentOn, IntroductionProposed, IntroductionMade,
IntroductionWentOn, RevealOffered, Revealed.
"""
