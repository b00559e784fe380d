# Approval: who was asked, who said what.
approvals-event-submitted = Asked for approval
approvals-event-approved = Approved
approvals-event-changes-asked = Asked for changes
approvals-event-withdrawn = Took it back
approvals-event-dropped = Changed the post: the approval no longer holds
approvals-event-commented = Commented
approvals-event-carried = Approved together with the post it repeats
approvals-event-reminded = A reminder was sent
approvals-event-overdue = It was due and nobody had approved it
